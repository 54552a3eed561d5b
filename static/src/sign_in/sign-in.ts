import { type Words, buttonOf, offer, readData, signIn } from "./passkey.ts";

const data = readData<Words & { next: string }>();
offer(buttonOf("passkey"), data, async () => location.assign(await signIn(data.next)));
