// Takes an invitation's word out of the address, where a shared or photographed page would give it away, into a form.

import { Told, type Words, buttonOf, deviceName, makePasskey, offer, readData, send, signIn } from "./passkey.ts";

function takeWord(): void {
  const word = location.hash.slice(1);
  const field = document.getElementById("word");
  if (!word || !(field instanceof HTMLInputElement)) return;
  history.replaceState(null, "", location.pathname + location.search);
  field.value = word;
  field.form?.requestSubmit();
}

function offerPasskeys(): void {
  const data = readData<Words & { word: string; nameless: string }>();
  offer(buttonOf("passkey"), data, async () => {
    const field = document.getElementById("name");
    const name = field instanceof HTMLInputElement ? field.value.trim() : "";
    if (name === "") {
      field?.focus();
      throw new Told(data.nameless);
    }
    const { word } = data;
    const credential = await makePasskey("/join/challenge", { word, name });
    const answer = await send<{ next: string }>("/join/passkey", { credential, word, label: deviceName() });
    location.assign(answer.next);
  });
  offer(buttonOf("old-passkey"), data, async () => {
    await signIn("");
    const form = document.getElementById("old-form");
    if (form instanceof HTMLFormElement) form.submit();
  });
}

takeWord();
window.addEventListener("hashchange", takeWord);
if (document.getElementById("data")) offerPasskeys();
