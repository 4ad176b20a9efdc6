import { useEffect, useRef } from "react";
import { imports } from "../../api/endpoints.ts";
import type { Import } from "../../api/types.ts";
import { dataChanged, readAgain, useResource } from "../../data/resource.ts";
import { Link } from "../../ui/Link.tsx";
import { EmptyState, Loading, ProblemNote, ProgressBar } from "../../ui/Notices.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { ImportPreview } from "./ImportPreview.tsx";
import { ImportResult } from "./ImportResult.tsx";

const pollMilliseconds = 500;

/** Asks again while the server works on the file. */
function useImport(id: string) {
  const key = `import ${id}`;
  const { value: batch, error } = useResource(key, () => imports.get(id));
  const isAtWork = batch?.state === "reading" || batch?.state === "committing";
  const wasCommitting = useRef(false);
  useEffect(() => {
    // Committed: the balances beside this page are old now.
    if (wasCommitting.current && !isAtWork) dataChanged();
    wasCommitting.current = batch?.state === "committing";
    if (!isAtWork) return;
    const timer = setTimeout(() => readAgain(key), pollMilliseconds);
    return () => clearTimeout(timer);
  }, [isAtWork, batch, error, key]);
  return { batch, error };
}

export default function ImportPage({ id }: { id: string }) {
  const { batch, error } = useImport(id);
  if (error && !batch) return <ProblemNote error={error} />;
  if (!batch) return <Loading rows={6} />;
  return (
    <div className="page">
      <PageHead title={batch.file_name} lead={<Link to="/imports">All imports</Link>} />
      <Step batch={batch} />
    </div>
  );
}

function Step({ batch }: { batch: Import }) {
  const { done, total } = batch.progress;
  switch (batch.state) {
    case "reading":
      return <ProgressBar label="Reading the file" done={done} total={total} />;
    case "committing":
      return <ProgressBar label="Saving transactions" done={done} total={total} />;
    case "preview":
      return <ImportPreview batch={batch} />;
    case "failed":
      return (
        <EmptyState
          icon="warning"
          title="This file could not be imported"
          actions={<Link to="/imports">Choose another file</Link>}
        >
          <p>{batch.error ?? "The server gave no reason."} Your books are unchanged.</p>
        </EmptyState>
      );
    default:
      return <ImportResult batch={batch} />;
  }
}
