/** What the name of a record tells of it: origins are addresses without their scheme. */

/** Return the part of an origin that stays when a record begins anew: `HOST/log/ESTATE` of `HOST/log/ESTATE/2`. */
export function stemOf(origin: string): string {
  return /^(.*\/log\/[^/]+)\/[0-9]+$/.exec(origin)?.[1] ?? origin;
}

/** Return the origin that a record at this address should have, without the number of a new beginning. */
export function nameOf(address: string): string {
  return stemOf(address.replace(/^[a-z]+:\/\//, "").replace(/\/+$/, ""));
}
