import { useState } from "react";
import { imports } from "../../api/endpoints.ts";
import type { ImportPatch } from "../../api/model.ts";
import type { Import } from "../../api/types.ts";
import { navigate } from "../../app/router.ts";
import { Button } from "../../ui/Button.tsx";
import { ProblemNote } from "../../ui/Notices.tsx";
import { useAction } from "../../ui/useAction.ts";
import { ImportFacts } from "./ImportFacts.tsx";
import { ImportRows } from "./ImportRows.tsx";
import { MappingEditor } from "./MappingEditor.tsx";
import { isPressing, Questions } from "./Questions.tsx";
import { StatementAccounts } from "./StatementAccounts.tsx";

export type Change = (patch: ImportPatch) => Promise<boolean>;

/** The file as understood, open to correction; nothing is in the books yet. */
export function ImportPreview({ batch }: { batch: Import }) {
  const { isBusy, run } = useAction();
  const change: Change = (patch) =>
    run(async () => {
      await imports.update(batch, patch);
    });
  return (
    <div className="stack">
      {batch.error && <ProblemNote>{batch.error}</ProblemNote>}
      <Questions batch={batch} onChange={change} isBusy={isBusy} />
      <StatementAccounts batch={batch} onChange={change} />
      <ImportFacts batch={batch} />
      {batch.mapping && <MappingEditor mapping={batch.mapping} onChange={change} isBusy={isBusy} />}
      <ImportRows batch={batch} onChange={change} />
      <AcceptBar batch={batch} />
    </div>
  );
}

function isReady(batch: Import): boolean {
  const hasAccounts =
    batch.statements.length > 0
      ? batch.statements.every(({ account_id }) => account_id !== null)
      : batch.account_id !== null;
  return hasAccounts && !batch.questions.some(isPressing);
}

function AcceptBar({ batch }: { batch: Import }) {
  const [isDiscarding, setDiscarding] = useState(false);
  const { isBusy, run } = useAction();
  const accept = () =>
    run(async () => {
      await imports.commit(batch.id);
    });
  const discard = async () => {
    setDiscarding(true);
    const done = await run(async () => {
      await imports.undo(batch.id);
    });
    setDiscarding(false);
    if (done) navigate("/imports");
  };
  const ready = isReady(batch);
  return (
    <div className={ready ? "accept-bar accept-ready" : "accept-bar"}>
      <p className="muted">
        {ready
          ? "Check the rows, then accept. You can undo the whole import later."
          : "Answer the questions above first."}
      </p>
      <div className="button-row">
        <Button onClick={discard} isBusy={isDiscarding}>
          Discard
        </Button>
        <Button
          kind="primary"
          icon="check"
          disabled={!ready}
          isBusy={isBusy && !isDiscarding}
          onClick={accept}
        >
          Accept import
        </Button>
      </div>
    </div>
  );
}
