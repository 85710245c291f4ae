/** Where the list of all clients stands. Apart from its filters: the browser needs no schema to know it. */
export const allClientsPath = "/admin/clients";
