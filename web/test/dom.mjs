// @ts-self-types="./dom.d.mts"
// A browser's window for component tests, made before React is loaded.
import { JSDOM } from "jsdom";

const dom = new JSDOM("<!doctype html><div id=root></div>", {
  url: "http://localhost/",
  pretendToBeVisual: true,
});
const { window } = dom;
const names = [
  "document",
  "navigator",
  "HTMLElement",
  "HTMLInputElement",
  "Element",
  "Event",
  "localStorage",
  "sessionStorage",
  "location",
  "history",
];
for (const name of ["window", ...names]) {
  const value = name === "window" ? window : window[name];
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}
globalThis.addEventListener = window.addEventListener.bind(window);
globalThis.removeEventListener = window.removeEventListener.bind(window);
globalThis.innerHeight = 800;
globalThis.innerWidth = 1200;
globalThis.IS_REACT_ACT_ENVIRONMENT = true;
window.Element.prototype.scrollIntoView = () => {};
globalThis.ResizeObserver = class {
  observe() {}
  disconnect() {}
};

/** The process would stay alive with the window open. */
export function closeWindow() {
  window.close();
}

export { window };

// Loaded here and not above: React looks for the window when it is loaded.
export const { act } = (await import("react-dom/test-utils")).default;
