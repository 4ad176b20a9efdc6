import { fillWithDemo } from "../api/endpoints.ts";
import { Button } from "./Button.tsx";
import { announce } from "./toasts.ts";
import { useAction } from "./useAction.ts";

/** Fills empty books with five believable years, for looking around. */
export function DemoButton() {
  const { isBusy, run } = useAction();
  const fill = () =>
    run(async () => {
      const { transactions } = await fillWithDemo();
      announce(`${transactions} demo transactions are in your books.`);
    });
  return (
    <Button isBusy={isBusy} onClick={fill}>
      Explore with demo data
    </Button>
  );
}
