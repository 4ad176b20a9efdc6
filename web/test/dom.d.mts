export const window: Window & typeof globalThis;
export function closeWindow(): void;
export function act(work: () => void): void;
