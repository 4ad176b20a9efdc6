import { api } from "../../api/api.ts";
import { APIError, messageOf } from "../../api/APIError.ts";
import { households } from "../../api/identity.ts";
import type { InvitationLook } from "../../api/people.ts";
import { forgetArrival } from "../../app/arrival.ts";
import { openHousehold } from "../../app/chosenHousehold.ts";
import { navigate } from "../../app/router.ts";
import { Button } from "../../ui/Button.tsx";
import { Link } from "../../ui/Link.tsx";
import { Loading, ProblemNote } from "../../ui/Notices.tsx";
import { roleMeanings } from "../../data/roles.ts";
import { announce } from "../../ui/toasts.ts";
import { AuthFrame } from "./AuthFrame.tsx";
import { ProviderButtons } from "./ProviderButtons.tsx";
import { useInvitation } from "./PendingInvitation.tsx";
import { useMethods } from "./useMethods.ts";
import { useSubmission } from "./useSubmission.ts";

export default function InvitationPage() {
  const { value: invitation, error, token } = useInvitation();
  return (
    <AuthFrame title="Invitation">
      {!token ? (
        <NoInvitation problem="This page opens from the link of an invitation." />
      ) : error ? (
        <NoInvitation problem={messageOf(error)} isKnown={isRefusal(error)} />
      ) : invitation ? (
        <Offer invitation={invitation} token={token} />
      ) : (
        <Loading rows={3} />
      )}
    </AuthFrame>
  );
}

/** A server that is away or busy has said nothing about the invitation. */
function isRefusal(error: unknown): boolean {
  return error instanceof APIError && [404, 409, 410].includes(error.status);
}

/** What may have become of it, and the way on. */
function NoInvitation({ problem, isKnown = true }: { problem: string; isKnown?: boolean }) {
  return (
    <>
      <ProblemNote>{problem}</ProblemNote>
      {isKnown && (
        <p className="muted">
          An invitation works once and for a week, unless it is taken back. Whoever invited you can
          make a new one.
        </p>
      )}
      <p className="auth-other">
        {api.isSignedIn ? (
          <Link to="/">To the overview</Link>
        ) : (
          <Link to="/sign-in">To sign-in</Link>
        )}
      </p>
    </>
  );
}

function Offer({ invitation, token }: { invitation: InvitationLook; token: string }) {
  const { household_name: household, invited_by: by, role, email } = invitation;
  return (
    <>
      <p>
        {by ? `${by} invites you` : "You are invited"} to share the books of{" "}
        <strong>{household}</strong>.
      </p>
      <p className="muted">{roleMeanings[role]}</p>
      {email && <p className="muted">The invitation is for {email}.</p>}
      {api.isSignedIn ? <Accept token={token} household={household} /> : <WaysIn />}
    </>
  );
}

function decline(): void {
  forgetArrival();
  navigate("/", { replace: true });
}

function Accept({ token, household }: { token: string; household: string }) {
  const { problem, isBusy, submit } = useSubmission(async () => {
    const joined = await households.accept(token);
    forgetArrival();
    announce(`Welcome to ${household}.`);
    openHousehold(joined.id);
    navigate("/", { replace: true });
  });
  return (
    <>
      {problem && <ProblemNote>{problem}</ProblemNote>}
      <Button kind="primary" isBusy={isBusy} onClick={() => void submit()}>
        Join {household}
      </Button>
      <Button onClick={decline}>Not now</Button>
    </>
  );
}

function WaysIn() {
  const methods = useMethods();
  return (
    <>
      {methods?.registration !== "closed" && (
        <Link to="/sign-up" className="button button-primary">
          <span>Create an account and join</span>
        </Link>
      )}
      <Link to="/sign-in" className="button button-plain">
        <span>I have an account: sign in</span>
      </Link>
      <ProviderButtons providers={methods?.providers ?? []} />
    </>
  );
}
