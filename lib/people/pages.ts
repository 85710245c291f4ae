export const userList = "/admin/users";

/** The pages that show a user: what a change of them refreshes. */
export const userPages = ({ id }: { id: string }) => [userList, `${userList}/${id}`];
