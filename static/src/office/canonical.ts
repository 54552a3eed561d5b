/** Writes JSON in its one spelling (RFC 8785), as far as documents here go: texts, whole numbers, null, lists, records. */

export type Value = string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value };

export function canonical(value: Value): string {
  if (typeof value === "number" && !Number.isSafeInteger(value)) throw new TypeError("whole numbers are expected");
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${(value as readonly Value[]).map(canonical).join(",")}]`;
  const record = value as { readonly [name: string]: Value };
  // The default order of texts is that of UTF-16 code units, which RFC 8785 asks for.
  const names = Object.keys(record).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(record[name] as Value)}`).join(",")}}`;
}
