import { type Words, buttonOf, deviceName, makePasskey, offer, readData, send } from "./passkey.ts";

offer(buttonOf("passkey"), readData<Words>(), async () => {
  const credential = await makePasskey("/account/passkeys/challenge", {});
  const answer = await send<{ next: string }>("/account/passkeys", { credential, label: deviceName() });
  location.assign(answer.next);
});
