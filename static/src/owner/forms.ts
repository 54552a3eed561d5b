/** Does what the form of a step asks for, once at a time; what goes wrong is said above it. */

import type { Steps } from "./page.ts";

export type Act = () => Promise<void>;

export interface Forms {
  /** Do something when the form of a step is sent. */
  readonly on: (step: string, act: Act) => void;
  /** Do something for a form or a button, unless it is being done. */
  readonly busy: (form: HTMLElement, act: Act) => Promise<void>;
}

export function formsOf(steps: Steps, complain: (error: unknown) => void): Forms {
  async function busy(form: HTMLElement, act: Act): Promise<void> {
    if (form.getAttribute("aria-busy") === "true") return;
    form.setAttribute("aria-busy", "true");
    steps.calm();
    try {
      await act();
    } catch (error) {
      complain(error);
    } finally {
      form.removeAttribute("aria-busy");
    }
  }

  function on(step: string, act: Act): void {
    const form = document.querySelector<HTMLFormElement>(`form[data-step="${step}"]`);
    form?.addEventListener("submit", (event) => {
      event.preventDefault();
      void busy(form, act);
    });
  }

  return { on, busy };
}
