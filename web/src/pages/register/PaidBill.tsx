import { transactions } from "../../api/endpoints.ts";
import { address } from "../../app/router.ts";
import { useSession } from "../../app/session.ts";
import { useResource } from "../../data/resource.ts";
import { formatDate } from "../../dates/LocalDate.ts";
import { Link } from "../../ui/Link.tsx";

/** Which bill a transaction pays. Lists do not say it; without an answer the form is whole all the same. */
export function PaidBill({ id }: { id: string }) {
  const { locale } = useSession();
  const { value } = useResource(`transaction ${id}`, () => transactions.get(id));
  const bill = value?.bill;
  if (!bill) return null;
  const to = address("/bills", { bill: bill.bill_id, day: bill.nominal_on });
  return (
    <p className="muted paid-bill">
      {bill.kind === "posted" ? "Booked for" : "Pays"}{" "}
      <Link to={to}>
        {bill.bill_name}, {formatDate(bill.nominal_on, locale)}
      </Link>
    </p>
  );
}
