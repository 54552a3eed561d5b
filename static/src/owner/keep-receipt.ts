/** Offers the receipt with its signature, as `vote verify` reads it: as a file, or as text where a browser saves none. */

import { find } from "./page.ts";

/** The window inside of WeChat drops downloads without a word. */
const SAVES_NOTHING = /MicroMessenger/i;

export function offerReceipt(receipt: string, assisted: boolean): void {
  const save = find<HTMLAnchorElement>("save-receipt");
  const saves = !assisted && "download" in save && !SAVES_NOTHING.test(navigator.userAgent);
  save.hidden = !saves;
  find("receipt-text").hidden = saves;
  find("receipt-said").textContent = receipt;
  URL.revokeObjectURL(save.href);
  save.href = URL.createObjectURL(new Blob([receipt], { type: "application/json" }));
  save.download = "receipt.json";
}
