export const credentialsPath = "/admin/tokens";
