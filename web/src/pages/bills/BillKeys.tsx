import { Dialog } from "../../ui/Dialog.tsx";
import { KeyList } from "../../ui/KeyList.tsx";

const keys: [string[], string][] = [
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
  return (
    <Dialog title="Keys" onClose={onClose}>
      <KeyList keys={keys} />
    </Dialog>
  );
}
