import { type Keys, KeysDialog } from "../../ui/KeysDialog.tsx";

const keys: Keys = [
  [["↓", "j"], "Next line"],
  [["↑", "k"], "Line before"],
  [["Enter"], "Open or close the line"],
  [["p"], "Post it"],
  [["m"], "Match it with a booking"],
  [["s"], "Skip it, or do not"],
  [["c"], "Change this one"],
  [["e"], "Edit the bill"],
  [["n"], "New bill"],
  [["u"], "Undo the last change"],
  [["?"], "This help"],
];

export function BillKeys({ onClose }: { onClose: () => void }) {
  return <KeysDialog keys={keys} onClose={onClose} />;
}
