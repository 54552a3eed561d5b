/** Shows the receipt: its words, its code, and with its signature, as `vote verify` reads it, a file or text to keep. */

import { type Data, find } from "./page.ts";
import { receiptWords } from "./receipt-words.ts";

/** The window inside of WeChat drops downloads without a word. */
const SAVES_NOTHING = /MicroMessenger/i;

export function showReceipt(data: Data, tracker: string, receipt: string): void {
  const [first, second] = data.receipt_words;
  const asked = `?tracker=${encodeURIComponent(tracker)}`;
  find("receipt").textContent = receiptWords(tracker, first, second);
  find<HTMLImageElement>("receipt-code").src = `/elections/${data.election}/receipt.svg${asked}`;
  const check = find<HTMLAnchorElement>("receipt-check");
  check.href = `${check.pathname}${asked}`;
  offer(receipt, data.assisted);
}

/** A file, or text where a browser saves none. */
function offer(receipt: string, assisted: boolean): void {
  const save = find<HTMLAnchorElement>("save-receipt");
  const saves = !assisted && "download" in save && !SAVES_NOTHING.test(navigator.userAgent);
  save.hidden = !saves;
  find("receipt-text").hidden = saves;
  find("receipt-said").textContent = receipt;
  URL.revokeObjectURL(save.href);
  save.href = URL.createObjectURL(new Blob([receipt], { type: "application/json" }));
  save.download = "receipt.json";
}
