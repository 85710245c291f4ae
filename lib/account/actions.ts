"use server";
import { revalidatePath } from "next/cache";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { chooseColumns } from "@/lib/account/columns";
import { chooseColumnsSchema } from "@/lib/account/columns-schema";
import { changeEmail, changePassword, updateAccount } from "@/lib/account/commands";
import { cancelEmailChange, confirmEmail } from "@/lib/account/confirm-email";
import { removePicture } from "@/lib/account/picture";
import { getAccount } from "@/lib/account/queries";
import { changeEmailSchema, changePasswordSchema, confirmEmailSchema } from "@/lib/account/schema";
import { anonymousCtx, currentCtx } from "@/lib/auth/current";
import { withNext } from "@/lib/auth/next-path";
import { action, answer, defineAction } from "@/lib/http/action";
import { noInputSchema } from "@/lib/http/no-input";
import { requireOwnOrigin } from "@/lib/http/origin";
import { parseInput } from "@/lib/http/parse-input";
import { postedText, postedTexts } from "@/lib/http/posted-text";

export const updateAccountAction = action(updateAccount);

export const changeEmailAction = defineAction({
  input: changeEmailSchema,
  run: changeEmail,
  refresh: () => ["/account"],
});

export const changePasswordAction = defineAction({
  input: changePasswordSchema,
  run: changePassword,
  refresh: () => ["/account/security", "/account/sessions"],
});

export const cancelEmailChangeAction = action(cancelEmailChange);

export type ConfirmEmailState = { message: string | null };

/** Posted by the page of the link, signed in or not, as anyone. Works without JavaScript. */
export async function confirmEmailAction(_: ConfirmEmailState, form: FormData): Promise<ConfirmEmailState> {
  const token = postedText(form, "token");
  const result = await answer(async () => {
    requireOwnOrigin(await headers());
    await confirmEmail(await anonymousCtx(), parseInput(confirmEmailSchema, { token }));
  });
  if (!result.ok) return { message: Object.values(result.fields ?? {})[0] ?? result.message };
  redirect(withNext("/sign-in?done=email", "/account"));
}

export type ColumnsState = { message: string | null };

/** Posted by the "Columns" of a list. Works without JavaScript. */
export async function chooseColumnsAction(_: ColumnsState, form: FormData): Promise<ColumnsState> {
  const input = {
    list: postedText(form, "list"),
    columns: postedText(form, "usual") ? null : postedTexts(form, "column"),
  };
  const result = await answer(async () => {
    requireOwnOrigin(await headers());
    await chooseColumns(await currentCtx(), parseInput(chooseColumnsSchema, input));
    revalidatePath("/", "layout");
  });
  return { message: result.ok ? null : result.message };
}

/** Who is signed in to this browser at this moment. */
export const getSignedInAction = defineAction({
  input: noInputSchema,
  run: async (ctx) => {
    const { id, name } = await getAccount(ctx);
    return { id, name };
  },
});

export const removePictureAction = action(removePicture);
