/** Small and read-only disks; both need root. */
import { execFileSync } from "node:child_process";

/** False where it is not allowed here. */
export function mounts(...args: readonly string[]): boolean {
  try {
    execFileSync("mount", args, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

export const unmount = (dir: string): void => void execFileSync("umount", [dir], { stdio: "ignore" });
