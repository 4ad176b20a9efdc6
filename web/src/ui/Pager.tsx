import { Button } from "./Button.tsx";

type PagerProps = {
  page: number;
  pages: number;
  onChange: (page: number) => void;
  /** What the pages are of, and what the way back and on are called. */
  label?: string;
  back?: string;
  next?: string;
};

/** To the page before and the next, where there is more than one. */
export function Pager(props: PagerProps) {
  const { page, pages, onChange, label = "Pages", back = "Back", next = "Next" } = props;
  if (pages <= 1) return null;
  return (
    <nav className="pager" aria-label={label}>
      <Button icon="left" disabled={page <= 1} onClick={() => onChange(page - 1)}>
        {back}
      </Button>
      <span className="muted">
        Page {page} of {pages}
      </span>
      <Button icon="right" disabled={page >= pages} onClick={() => onChange(page + 1)}>
        {next}
      </Button>
    </nav>
  );
}
