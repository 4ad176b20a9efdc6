import { Button } from "./Button.tsx";

type PagerProps = { page: number; pages: number; onChange: (page: number) => void };

/** To the page before and the next, where there is more than one. */
export function Pager({ page, pages, onChange }: PagerProps) {
  if (pages <= 1) return null;
  return (
    <nav className="pager" aria-label="Pages">
      <Button icon="left" disabled={page <= 1} onClick={() => onChange(page - 1)}>
        Back
      </Button>
      <span className="muted">
        Page {page} of {pages}
      </span>
      <Button disabled={page >= pages} onClick={() => onChange(page + 1)}>
        Next
      </Button>
    </nav>
  );
}
