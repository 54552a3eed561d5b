/** The step after opening in a named election: the own part of every ballot, sealed to the community, as a file. */

import { ask, fill, find, RefusedError, tell, work, type Words } from "./parts.ts";

/** What is needed for it beside the seed. */
export interface Listing {
  readonly election: string;
  readonly index: number;
  readonly worker: string;
  readonly words: Words;
  /** What this browser knows of the ballots that it opened. */
  readonly known: string | null;
}

/** Make the file and offer it; return whether there is one. */
export async function makeList({ election, index, worker, words, known }: Listing, seed: Uint8Array): Promise<boolean> {
  const [bar, said] = [find<HTMLProgressElement>("lists-bar"), find("lists-said")];
  find("lists-progress").hidden = false;
  said.textContent = words["loading"]!;
  tell("");
  try {
    const pages = `/elections/${election}`;
    const [archive, manifest, shareProofs, board] = await Promise.all(
      [`${pages}/${election}.bel`, `${pages}/manifest.json`, `${pages}/share-proofs.json`, `/api${pages}/board`].map(
        (path) => ask("GET", path),
      ),
    ) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
    const request = { kind: "list" as const, election, archive, manifest, shareProofs, board, seed, now: Date.now(), known };
    const done = await work(worker, request, (count, of, making) => {
      [bar.value, bar.max] = [count, of];
      said.textContent = fill(words[making ? "listing" : "checking"]!, { done: count, of });
    });
    if (done.kind === "refused") tell(words["stop"]! + words[done.why]! + done.sentence, "bad");
    if (done.kind !== "listed") return false;
    const save = find<HTMLAnchorElement>("save-list");
    save.href = URL.createObjectURL(new Blob([done.list as Uint8Array<ArrayBuffer>], { type: "application/json" }));
    save.download = `list-${election}-${index}.json`;
    find("listed-said").textContent = fill(words["listed"]!, { n: done.counted });
    return true;
  } catch (error) {
    tell(error instanceof RefusedError ? error.detail : words["offline"]!, "warn");
    return false;
  } finally {
    find("lists-progress").hidden = true;
  }
}
