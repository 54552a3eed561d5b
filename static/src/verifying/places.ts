/** Says where something is wrong, in the reader's words; mirrors `_places` of `vote/verifier/report.py`. */

const PLACES: readonly (readonly [RegExp, string])[] = [
  [/\bevent (\d+) \(Ballot\)/, "place-ballot"],
  [/\bevent (\d+)(?! \(Ballot\))/, "place-event"],
  [/\bmember (\d+)/, "place-member"],
  [/\bcredential (\d+) of the list/, "place-credential"],
  [/\b(?:box|set-aside)\.json, ballot (\d+)/, "place-listed"],
  [/\btrustee (\d+)/, "place-holder"],
  [/\bquestion (\d+)/, "place-question"],
  [/\b(?:answer|choice) (\d+)/, "place-choice"],
  [/\b((?:manifest|result|share-proofs|box|set-aside)\.json)/, "place-file"],
];

/** Return the places that a sentence names, each once. */
export function placesOf(sentence: string, say: (key: string, values: { n: string }) => string): string {
  const found = PLACES.flatMap(([pattern, key]) => {
    const match = pattern.exec(sentence);
    return match ? [say(key, { n: match[1]! })] : [];
  });
  return found.join(say("comma", { n: "" }));
}
