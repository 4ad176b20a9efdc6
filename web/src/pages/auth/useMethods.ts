import { auth } from "../../api/identity.ts";
import type { Methods } from "../../api/people.ts";
import { useResource } from "../../data/resource.ts";

/** The password is always tried, even where the server did not say which doors there are. */
const unknown: Methods = {
  registration: "open",
  first_person: false,
  password: true,
  passkeys: false,
  providers: [],
  mail: true,
  require_second_factor: false,
};

/** The doors that are configured; null until known. */
export function useMethods(): Methods | null {
  const { value, error } = useResource("auth methods", auth.methods);
  if (value) return { ...unknown, ...value };
  return error ? unknown : null;
}
