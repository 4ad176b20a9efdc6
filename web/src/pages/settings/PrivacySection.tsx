import { useState } from "react";
import { ownData } from "../../api/identity.ts";
import { useSession } from "../../app/session.ts";
import { formatDate } from "../../dates/LocalDate.ts";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { saveFile } from "../../ui/saveFile.ts";
import { announce } from "../../ui/toasts.ts";
import { useAction } from "../../ui/useAction.ts";
import { ConsentsCard } from "./ConsentsCard.tsx";

export default function PrivacySection() {
  const { user } = useSession();
  return (
    <>
      <ExportCard />
      <ConsentsCard />
      {user.erase_at ? <KeepCard erasesAt={user.erase_at} /> : <DeleteCard />}
    </>
  );
}

function ExportCard() {
  const { today } = useSession();
  const { isBusy, run } = useAction();
  const take = () =>
    run(async () => {
      saveFile(await ownData.archive(), `martlet-${today}.zip`);
      announce("Your archive is saved where your browser keeps files.");
    });
  return (
    <Card
      title="Take everything with you"
      lead="One archive with all you have here, in forms that other programs read, and a page that explains them."
      actions={
        <Button icon="download" isBusy={isBusy} onClick={take}>
          Export
        </Button>
      }
    />
  );
}

function DeleteCard() {
  const { locale } = useSession();
  const [isAsking, setAsking] = useState(false);
  return (
    <Card
      title="Leave for good"
      lead="Erases you and the households that only you belong to. You have 14 days to change your mind."
      actions={
        <Button kind="danger" icon="trash" onClick={() => setAsking(true)}>
          Delete my account
        </Button>
      }
    >
      {isAsking && (
        <ConfirmDialog
          title="Delete your account?"
          verb="Delete my account"
          onClose={() => setAsking(false)}
          onConfirm={async () => {
            const { erases_at: at } = await ownData.remove();
            announce(`You will be erased on ${formatDate(at.slice(0, 10), locale)}.`);
          }}
        >
          <p>
            After 14 days everything of yours is erased, except what law keeps, and nobody can bring
            it back. Until then you can sign in and stop it.
          </p>
          <p className="muted">
            Households with other members stay with them; hand over first what you own.
          </p>
        </ConfirmDialog>
      )}
    </Card>
  );
}

function KeepCard({ erasesAt }: { erasesAt: string }) {
  const { locale } = useSession();
  const { isBusy, run } = useAction();
  const keep = () =>
    run(async () => {
      await ownData.keep();
      announce("You stay. Nothing will be erased.");
    });
  return (
    <Card
      title="You are leaving"
      lead={`Everything of yours will be erased on ${formatDate(erasesAt.slice(0, 10), locale)}.`}
      actions={
        <Button kind="primary" isBusy={isBusy} onClick={keep}>
          Keep my account
        </Button>
      }
    />
  );
}
