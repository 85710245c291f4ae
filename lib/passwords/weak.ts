import { passwordProblem } from "@/lib/auth/password-rules";
import { refuseWellKnown } from "@/lib/auth/well-known";
import { invalidField } from "@/lib/errors";
import { fullName } from "@/lib/normalization/names";

type Named = { username: string; email: string; firstName: string; lastName: string };

/**
 * Refuses a new password that the rules of S2 refuse, at its field. `shortest`: fewer characters than usual are enough
 * while a second factor is required of the person.
 */
export function refuseWeak(user: Named, password: string, shortest?: number): void {
  const names = [user.username, user.email, user.firstName, user.lastName, fullName(user)];
  const problem = passwordProblem(password, names, shortest);
  if (problem) throw invalidField("newPassword", problem);
  refuseWellKnown("newPassword", password);
}
