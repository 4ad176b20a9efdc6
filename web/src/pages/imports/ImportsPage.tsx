import { useState } from "react";
import { imports } from "../../api/endpoints.ts";
import type { Import } from "../../api/types.ts";
import { navigate } from "../../app/router.ts";
import { useSession } from "../../app/session.ts";
import { useResource } from "../../data/resource.ts";
import { formatDate } from "../../dates/LocalDate.ts";
import { counted } from "../../ui/counted.ts";
import { Link } from "../../ui/Link.tsx";
import { Loading, ProblemNote } from "../../ui/Notices.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { useAction } from "../../ui/useAction.ts";
import { AccountChoice } from "./AccountChoice.tsx";
import { DropZone } from "./DropZone.tsx";

export default function ImportsPage() {
  return (
    <div className="page page-medium">
      <PageHead title="Import" lead="Bring in the file your bank gives you." />
      <NewImport />
      <PastImports />
    </div>
  );
}

function NewImport() {
  const [accountId, setAccountId] = useState<string | null>(null);
  const { isBusy, run } = useAction();
  const upload = (file: File) =>
    run(async () => {
      const batch = await imports.upload(file, accountId ?? undefined);
      navigate(`/imports/${batch.id}`);
    });
  return (
    <section className="card stack" aria-label="New import">
      <AccountChoice
        value={accountId}
        onChange={setAccountId}
        hint="You can also choose it later."
      />
      <DropZone onFile={upload} isBusy={isBusy} />
    </section>
  );
}

function PastImports() {
  const { value: batches, error } = useResource("imports", imports.all);
  if (error) return <ProblemNote error={error} />;
  if (!batches) return <Loading />;
  if (batches.length === 0) return null;
  return (
    <section>
      <h2 className="section-title">Past imports</h2>
      <ul className="card list">
        {batches.map((batch) => (
          <PastImport key={batch.id} batch={batch} />
        ))}
      </ul>
    </section>
  );
}

export const stateNames: Record<Import["state"], string> = {
  reading: "Reading",
  preview: "Waiting for you",
  committing: "Saving",
  committed: "Imported",
  undone: "Undone",
  failed: "Failed",
};

function PastImport({ batch }: { batch: Import }) {
  const { locale } = useSession();
  const { period } = batch;
  return (
    <li>
      <Link to={`/imports/${batch.id}`} className="list-link">
        <span className="list-main">
          <span className="clip list-title">{batch.file_name}</span>
          <span className="muted">
            {formatDate(batch.created_at.slice(0, 10), locale)}
            {period &&
              ` · covers ${formatDate(period.from, locale)} – ${formatDate(period.to, locale)}`}
          </span>
        </span>
        <span className="list-side">
          <span className={`badge badge-${batch.state}`}>{stateNames[batch.state]}</span>
          <span className="muted">{counted(batch.rows, "row", locale)}</span>
        </span>
      </Link>
    </li>
  );
}
