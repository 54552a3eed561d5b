/* Says while somebody types who may not be the same person; the server decides, so there is one rule. */

const DELAY_MS = 400;

interface Answer {
  breaches: string[];
}

function show(breaches: readonly string[]): void {
  const place = document.getElementById("breaches");
  const words = document.getElementById("breaches-words");
  if (!place || !(words instanceof HTMLTemplateElement)) return;
  if (breaches.length === 0) {
    place.replaceChildren();
    return;
  }
  const notice = words.content.cloneNode(true) as DocumentFragment;
  const list = notice.querySelector("ul");
  for (const each of breaches) {
    const item = document.createElement("li");
    item.textContent = each;
    list?.append(item);
  }
  place.replaceChildren(notice);
}

async function check(form: HTMLFormElement, address: string, signal: AbortSignal): Promise<void> {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") fields.append(name, value);
  const answer = await fetch(address, { method: "POST", body: fields, signal });
  if (answer.ok) show(((await answer.json()) as Answer).breaches);
}

const form = document.getElementById("people");
if (form instanceof HTMLFormElement && form.dataset["check"]) {
  const address = form.dataset["check"];
  let timer = 0;
  let asked = new AbortController();
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      asked.abort();
      asked = new AbortController();
      check(form, address, asked.signal).catch(() => undefined);
    }, DELAY_MS);
  });
}
