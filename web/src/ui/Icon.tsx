import { type IconName, icons } from "./icons.ts";

/** A decoration: whatever it says must also stand in words beside it or in a label. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  const length = `${size / 16}rem`;
  return (
    <svg className="icon" viewBox="0 0 16 16" width={length} height={length} aria-hidden="true">
      <path d={icons[name]} fill="currentColor" fillRule="evenodd" />
    </svg>
  );
}
