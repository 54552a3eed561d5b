/** Return the part of an origin that stays when a record begins anew: `HOST/log/ESTATE` of `HOST/log/ESTATE/2`. */
export function stemOf(origin: string): string {
  return /^(.*\/log\/[^/]+)\/[0-9]+$/.exec(origin)?.[1] ?? origin;
}
