import { type FormEvent, type ReactNode, useEffect, useState } from "react";
import { api } from "../../api/api.ts";
import { APIError, messageOf } from "../../api/APIError.ts";
import { auth } from "../../api/endpoints.ts";
import { Brand } from "../../app/Brand.tsx";
import { Button } from "../../ui/Button.tsx";
import { TextField } from "../../ui/Field.tsx";
import { Link } from "../../ui/Link.tsx";
import { ProblemNote } from "../../ui/Notices.tsx";
import { CurrencySelect } from "../../ui/CurrencySelect.tsx";
import { guessedCurrency } from "./guessedCurrency.ts";

const shortestPassword = 12;

export function AuthPage({ isSigningUp }: { isSigningUp: boolean }) {
  useEffect(() => {
    document.title = isSigningUp ? "Sign up · Martlet" : "Sign in · Martlet";
  }, [isSigningUp]);
  return (
    <main className="auth">
      <div className="auth-card">
        <div className="brand auth-brand">
          <Brand />
        </div>
        {isSigningUp ? <SignUp /> : <SignIn />}
      </div>
      <p className="auth-foot">Your books stay on this server. Nothing is sent elsewhere.</p>
    </main>
  );
}

/** Runs the form once at a time and keeps what the server refused. */
function useSubmission(send: () => Promise<void>) {
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await send();
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };
  const fields = error instanceof APIError ? error.fields : {};
  return { error, fields, isBusy, submit };
}

function Problem({ error, fields }: { error: unknown; fields: Record<string, string> }) {
  if (!error || Object.keys(fields).length > 0) return null;
  return <ProblemNote>{messageOf(error)}</ProblemNote>;
}

function Form({
  title,
  onSubmit,
  children,
}: {
  title: string;
  onSubmit: (event: FormEvent) => void;
  children: ReactNode;
}) {
  return (
    <form onSubmit={onSubmit} className="form" noValidate>
      <h1>{title}</h1>
      {children}
    </form>
  );
}

function SignIn() {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const { error, fields, isBusy, submit } = useSubmission(async () =>
    api.begin(await auth.login(email.trim(), password)),
  );
  return (
    <Form title="Sign in" onSubmit={submit}>
      <Problem error={error} fields={fields} />
      <TextField
        label="Email"
        type="email"
        autoComplete="username"
        value={email}
        onChange={setEmail}
        problem={fields["email"]}
        required
      />
      <TextField
        label="Password"
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
        problem={fields["password"]}
        required
      />
      <Button type="submit" kind="primary" isBusy={isBusy}>
        Sign in
      </Button>
      <p className="auth-other">
        New here? <Link to="/sign-up">Create your books</Link>
      </p>
    </Form>
  );
}

function SignUp() {
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [currency, setCurrency] = useState(() => guessedCurrency(navigator.language));
  const { error, fields, isBusy, submit } = useSubmission(async () => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    const place = { time_zone: timeZone, locale: navigator.language, currency };
    api.begin(await auth.register({ name: name.trim(), email: email.trim(), password, ...place }));
  });
  return (
    <Form title="Create your books" onSubmit={submit}>
      <Problem error={error} fields={fields} />
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
        required
      />
      <TextField
        label="Password"
        type="password"
        autoComplete="new-password"
        value={password}
        onChange={setPassword}
        problem={fields["password"]}
        hint={`${shortestPassword} characters or more. A few words you can remember do well.`}
        minLength={shortestPassword}
        required
      />
      <CurrencySelect value={currency} onChange={setCurrency} problem={fields["currency"]} />
      <Button type="submit" kind="primary" isBusy={isBusy}>
        Create my books
      </Button>
      <p className="auth-other">
        Been here before? <Link to="/sign-in">Sign in</Link>
      </p>
    </Form>
  );
}
