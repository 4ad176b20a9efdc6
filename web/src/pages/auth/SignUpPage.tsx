import { useState } from "react";
import { api } from "../../api/api.ts";
import { auth } from "../../api/identity.ts";
import type { InvitationLook, Methods } from "../../api/people.ts";
import { forgetArrival } from "../../app/arrival.ts";
import { navigate } from "../../app/router.ts";
import { Button } from "../../ui/Button.tsx";
import { CurrencySelect } from "../../ui/CurrencySelect.tsx";
import { TextField } from "../../ui/Field.tsx";
import { Link } from "../../ui/Link.tsx";
import { Loading, Note, ProblemNote } from "../../ui/Notices.tsx";
import { AgreementHint, readVersions, useShownVersions } from "./Agreement.tsx";
import { AuthForm, AuthFrame } from "./AuthFrame.tsx";
import { guessedCurrency } from "./guessedCurrency.ts";
import { NewPasswordField } from "./NewPasswordField.tsx";
import { PendingInvitation, useInvitation } from "./PendingInvitation.tsx";
import { ProviderButtons } from "./ProviderButtons.tsx";
import { useMethods } from "./useMethods.ts";
import { useSubmission } from "./useSubmission.ts";

export default function SignUpPage() {
  const methods = useMethods();
  const { value: invitation, token, isLoading } = useInvitation();
  if (!methods || (token && isLoading && !invitation)) {
    return (
      <AuthFrame title="Create your books">
        <Loading rows={5} />
      </AuthFrame>
    );
  }
  const isOpen = methods.registration === "open" || methods.first_person;
  if (!isOpen && !invitation) return <NotOpen methods={methods} />;
  return (
    <AuthFrame title={invitation ? "Join the household" : "Create your books"}>
      <PendingInvitation />
      {methods.first_person && (
        <Note>You are the first one here and will look after this server.</Note>
      )}
      <SignUpForm invitation={invitation} token={token} />
      <ProviderButtons providers={methods.providers} />
      <p className="auth-other">
        Been here before? <Link to="/sign-in">Sign in</Link>
      </p>
    </AuthFrame>
  );
}

function NotOpen({ methods }: { methods: Methods }) {
  return (
    <AuthFrame title="Create your books">
      <Note>
        {methods.registration === "invitation"
          ? "New people come in by invitation. Ask someone here for a link."
          : "This server takes no new people."}
      </Note>
      <p className="auth-other">
        Been here before? <Link to="/sign-in">Sign in</Link>
      </p>
    </AuthFrame>
  );
}

type SignUpFormProps = { invitation: InvitationLook | undefined; token: string | null };

function SignUpForm({ invitation, token }: SignUpFormProps) {
  const [name, setName] = useState("");
  const [email, setEmail] = useState(invitation?.email ?? "");
  const [password, setPassword] = useState("");
  const [currency, setCurrency] = useState(() => guessedCurrency(navigator.language));
  const shown = useShownVersions();
  const { problem, fields, isBusy, submit } = useSubmission(async () => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    const person = { name: name.trim(), email: email.trim(), password };
    const place = { time_zone: timeZone, locale: navigator.language };
    const books = invitation && token ? { invitation: token } : { currency };
    const versions = shown ?? (await readVersions());
    const session = await auth.register({ ...person, ...place, ...books, ...versions });
    forgetArrival();
    if (location.pathname !== "/sign-up") navigate("/", { replace: true });
    api.begin(session);
  });
  return (
    <AuthForm onSubmit={submit}>
      {problem && <ProblemNote>{problem}</ProblemNote>}
      <TextField
        label="Your name"
        autoComplete="name"
        value={name}
        onChange={setName}
        problem={fields["name"]}
        required
      />
      <TextField
        label="Email"
        type="email"
        autoComplete="username"
        value={email}
        onChange={setEmail}
        problem={fields["email"]}
        readOnly={Boolean(invitation?.email)}
        hint={invitation?.email ? "The invitation is for this address." : undefined}
        required
      />
      <NewPasswordField value={password} onChange={setPassword} problem={fields["password"]} />
      {!invitation && (
        <CurrencySelect value={currency} onChange={setCurrency} problem={fields["currency"]} />
      )}
      <AgreementHint />
      <Button type="submit" kind="primary" isBusy={isBusy}>
        {invitation ? "Create my account" : "Create my books"}
      </Button>
    </AuthForm>
  );
}
