import type { ReactNode } from "react";

export type Segment<Value> = { value: Value; label: ReactNode };

/** One choice out of a few, all in sight. */
export function Segments<Value extends string>({
  label,
  segments,
  value,
  onChange,
  isSmall,
}: {
  label: string;
  segments: readonly Segment<Value>[];
  value: Value;
  onChange: (value: Value) => void;
  isSmall?: boolean;
}) {
  return (
    <div
      className={isSmall ? "segments segments-small" : "segments"}
      role="group"
      aria-label={label}
    >
      {segments.map((segment) => (
        <button
          key={segment.value}
          type="button"
          className="segment"
          aria-pressed={segment.value === value}
          onClick={() => onChange(segment.value)}
        >
          {segment.label}
        </button>
      ))}
    </div>
  );
}
