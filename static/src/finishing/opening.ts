/** Renews the board of the opening day by itself, as long as it says so. */

const board = document.getElementById("board");

async function renew(): Promise<void> {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (answer.ok) {
      const found = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("board");
      // What did not change is left alone, so that nothing is read aloud twice.
      if (board && found && found.innerHTML !== board.innerHTML) {
        board.replaceChildren(...Array.from(found.childNodes, (each) => document.importNode(each, true)));
        if (!found.dataset["again"]) return;
      }
    }
  } catch {
    // Without a connection it is tried again.
  }
  wait();
}

function wait(): void {
  const seconds = Number(board?.dataset["again"] ?? 0);
  if (seconds) setTimeout(() => void renew(), seconds * 1000);
}

wait();
