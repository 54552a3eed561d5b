/** Signs the certificate that waits, with a key file that stays on this computer. */

import { base64, fromBase64, hex, sha256 } from "../office/bytes.ts";
import { encodePublic, isLocked, KeyFileError, OFFICES, type OfficeSecrets, openKeyFile } from "../office/key-file.ts";
import { type Prepared, PreparedError, signCertificate, signSheet } from "../office/signing.ts";
import { compare, type Compared, DiffersError, type Published } from "./compare.ts";

interface Data {
  readonly office: string;
  readonly name: string;
  readonly election: string;
  readonly draft: string;
  /** SHA-256 in hex of the draft whose figures stand on this page. */
  readonly shown: string;
  readonly manifest: string;
  readonly result: string;
  readonly archive: string;
  readonly prepared: string;
  readonly signed: string;
  readonly words: { readonly [name: string]: string };
}

/** Why nothing was signed, as a key of the words. */
class Stop extends Error {
  constructor(readonly why: string, readonly what = "") {
    super(why);
  }
}

/** What the server prepared, as it was shown. */
let shown: Prepared | undefined;
const data: Data = JSON.parse(document.getElementById("data")!.textContent!);
const form = document.getElementById("sign") as HTMLFormElement;
const told = document.getElementById("told")!;
const button = form.querySelector("button")!;

function tell(word: string, kind = "", what = "", place = told): void {
  place.hidden = false;
  place.className = `note ${kind}`;
  place.textContent = (data.words[word] ?? word).replace("{what}", what);
}

function refusal(answer: Response): string {
  return answer.status === 401 ? "signed-out" : "refused";
}

async function load(path: string): Promise<Uint8Array> {
  const answer = await fetch(path, { headers: { Accept: "*/*" }, cache: "no-store" });
  if (!answer.ok) throw new Stop(refusal(answer));
  return new Uint8Array(await answer.arrayBuffer());
}

async function openKey(): Promise<OfficeSecrets> {
  const file = (form.elements.namedItem("key") as HTMLInputElement).files?.[0];
  if (!file) throw new Stop("no-file");
  const bytes = new Uint8Array(await file.arrayBuffer());
  const passphrase = (form.elements.namedItem("passphrase") as HTMLInputElement).value;
  if (isLocked(bytes) && !passphrase) throw new Stop("no-passphrase");
  return openKeyFile(bytes, passphrase);
}

async function requireOwn(secrets: OfficeSecrets, { certificate, manifest }: Compared): Promise<void> {
  if (secrets.office !== data.office) throw new Stop("other-office");
  const own = JSON.parse(new TextDecoder().decode(await encodePublic(secrets)));
  const sealed = manifest["offices"][secrets.office];
  if (certificate["offices"][OFFICES.indexOf(secrets.office)] !== secrets.name) throw new DiffersError("offices");
  const same = own.signing === sealed.signing && hex(await sha256(secrets.x509)) === sealed.x509_sha256;
  if (!same || secrets.name !== data.name) throw new Stop("other-keys");
}

async function fetchPapers(): Promise<Published> {
  const paths = [data.draft, data.manifest, data.result, data.archive];
  const [draft, manifest, result, archive] = await Promise.all(paths.map(load));
  // Composed anew after this page was loaded: what stands on it is another one.
  if (hex(await sha256(draft!)) !== data.shown) throw new Stop("prepared");
  return { draft, manifest, result, archive } as Published;
}

/** Fetches the sheet and offers these very bytes to be read: they are what will be signed. */
async function showSheet(): Promise<void> {
  const prepared = JSON.parse(new TextDecoder().decode(await load(data.prepared)));
  const { place } = prepared;
  shown = { pdf: fromBase64(prepared.pdf), attributes: fromBase64(prepared.attributes), place };
  const link = document.getElementById("sheet") as HTMLAnchorElement;
  link.href = URL.createObjectURL(new Blob([shown.pdf as Uint8Array<ArrayBuffer>], { type: "application/pdf" }));
  link.download = `certificate-${data.election}-${data.office}.pdf`;
  link.parentElement!.hidden = false;
}

/** Says whether what would be signed is what is published, before anybody asks. */
async function lookFirst(): Promise<void> {
  const place = document.getElementById("compared")!;
  tell("reading", "", "", place);
  try {
    await compare(await fetchPapers(), data.election);
    await showSheet();
    tell("same", "", "", place);
  } catch (error) {
    const [word, what] = why(error);
    tell(word, "bad", what, place);
  }
}

async function sign(): Promise<boolean> {
  tell("reading");
  const secrets = await openKey();
  // Fetched anew: what was compared before may have been composed anew meanwhile.
  const papers = await fetchPapers();
  const compared = await compare(papers, data.election);
  await requireOwn(secrets, compared);
  if (!shown) throw new Stop("prepared");
  tell("signing");
  const pdf = await signSheet(secrets, shown);
  tell("sending");
  const answer = await fetch(data.signed, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify({ signature: signCertificate(secrets, papers.draft), pdf: base64(pdf) }),
  });
  if (!answer.ok) throw new Stop(refusal(answer));
  return (await answer.json()).issued;
}

function why(error: unknown): [string, string] {
  if (error instanceof Stop) return [error.why, error.what];
  if (error instanceof KeyFileError) return [error.why, ""];
  if (error instanceof DiffersError) return ["differs", error.what];
  if (error instanceof PreparedError) return ["prepared", ""];
  return [error instanceof TypeError && !navigator.onLine ? "offline" : "refused", ""];
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  button.disabled = true;
  void sign()
    .then((issued) => {
      form.hidden = true;
      tell(issued ? "done-all" : "done");
      setTimeout(() => location.reload(), 2500);
    })
    .catch((error: unknown) => {
      tell(why(error)[0], "bad", why(error)[1]);
      button.disabled = false;
    });
});

if (globalThis.crypto?.subtle && typeof BigInt === "function") {
  form.hidden = false;
  void lookFirst();
} else {
  tell("unsupported", "bad");
}
