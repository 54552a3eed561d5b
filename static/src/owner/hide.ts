/** Where nobody can vote now, takes what stands behind # in a letter's address out of it: the page may be shared or photographed. */

import { readFragment } from "./letter.ts";

function hide(): void {
  if (readFragment(location.hash)) history.replaceState(null, "", location.pathname + location.search);
}

hide();
window.addEventListener("hashchange", hide);
