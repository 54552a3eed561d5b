/** Shows whose letter it is, what came for it before, and what can be done. */

import type { OpenedPart } from "./api.ts";
import { find, type Say, sayMoment } from "./page.ts";

/** Show the homes of a key whose parts are there. */
export function showHomes(opened: OpenedPart, say: Say, language: string): void {
  showArea(opened.area_dm2);
  const places = opened.places.map((place) => Object.assign(document.createElement("li"), { textContent: place, lang: "zh-CN" }));
  find("places").replaceChildren(...places);
  find("agreement").hidden = opened.agreed || !opened.may_cast;
  find("before").hidden = opened.cast === 0;
  find("none-before").hidden = opened.cast > 0;
  const [before, change] = sayBefore(opened, say, language);
  find("before-words").textContent = before;
  find("before-change").textContent = change;
  showMay("cast", opened.may_cast);
  showMay("change", opened.may_change);
}

/** Show an area, dm² as square metres. */
export function showArea(dm2: number): void {
  find("area").textContent = `${Math.floor(dm2 / 100)}.${String(dm2 % 100).padStart(2, "0")}`;
}

/** What came before (when, by which channel, as whom), and where another vote may take its place. */
export function sayBefore(opened: OpenedPart, say: Say, language: string): readonly [string, string] {
  if (!opened.last_cast_at) return ["", ""];
  const when = sayMoment(opened.last_cast_at, language);
  const who = opened.last_acting ? say(`say-acting-${opened.last_acting}`) : "";
  const channel = opened.last_channel ?? "phone";
  return [say(`say-before-${channel}`, { when }) + who, say(`say-change-${opened.may_cast ? "here" : channel}`)];
}

/** Show what holds if something may be done, or what holds if not. */
function showMay(what: string, may: boolean): void {
  for (const each of document.querySelectorAll<HTMLElement>(`[data-may="${what}"]`)) each.hidden = !may;
  for (const each of document.querySelectorAll<HTMLElement>(`[data-may="not-${what}"]`)) each.hidden = may;
}
