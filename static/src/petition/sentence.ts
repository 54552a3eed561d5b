/** Picks the page's language of a refusal that says itself in Chinese and then in English. */

/** Return the sentence in the page's language, or the whole where there is one only. */
export function sentenceOf(detail: string): string {
  const [zh, en] = detail.split(/(?<=。) /);
  return (document.documentElement.lang.startsWith("zh") ? zh : en) ?? detail;
}
