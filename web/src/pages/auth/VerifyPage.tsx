import { useEffect, useState } from "react";
import { messageOf } from "../../api/APIError.ts";
import { auth } from "../../api/identity.ts";
import { arrivalToken, forgetArrival } from "../../app/arrival.ts";
import { dataChanged } from "../../data/resource.ts";
import { Link } from "../../ui/Link.tsx";
import { Loading, Note, ProblemNote } from "../../ui/Notices.tsx";
import { AuthFrame } from "./AuthFrame.tsx";

type State = "working" | "done" | { problem: string };

async function confirm(): Promise<void> {
  const token = arrivalToken("/verify");
  if (!token) throw new Error("This page opens from the link in a letter.");
  forgetArrival();
  await auth.verify(token);
  dataChanged();
}

/** The link of a letter does its work by being opened; there is nothing to press. */
export default function VerifyPage() {
  const [state, setState] = useState<State>("working");
  useEffect(() => {
    confirm().then(
      () => setState("done"),
      (error: unknown) => setState({ problem: messageOf(error) }),
    );
  }, []);
  return (
    <AuthFrame title="Email address">
      {state === "working" && <Loading label="Confirming your address" rows={1} />}
      {state === "done" && <Note icon="check">Your address is confirmed. Thank you.</Note>}
      {typeof state === "object" && <ProblemNote>{state.problem}</ProblemNote>}
      <p className="auth-other">
        <Link to="/">To your books</Link>
      </p>
    </AuthFrame>
  );
}
