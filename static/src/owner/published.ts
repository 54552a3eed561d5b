/** Fetches what was sealed once, and again where nothing came. */

import type { PublishedText } from "../worker/messages.ts";
import type { Api } from "./api.ts";

interface Published {
  readonly getElection: () => Promise<string>;
  /** What was sealed of voters' keys; it is long, so it comes while the owner waits for the code. */
  readonly getPublished: () => Promise<PublishedText>;
}

export function publishedBy(api: Api): Published {
  return {
    getElection: once(() => api.file("election.json")),
    getPublished: once(async () => {
      const [manifest, credentials] = await Promise.all([api.file("manifest.json"), api.file("public_creds.json")]);
      return { manifest, credentials };
    }),
  };
}

function once<T>(fetch: () => Promise<T>): () => Promise<T> {
  let known: Promise<T> | null = null;
  return () => {
    known ??= fetch().catch((error: unknown) => {
      known = null;
      throw error;
    });
    return known;
  };
}
