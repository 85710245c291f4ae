/** The address of the list of all clients. Apart from its filters: the browser needs no schema to know it. */
export const allClientsPath = "/admin/clients";

/** The button that begins a client, on the pages of one person's clients: an address that ends with it presses it. */
export const generateId = "generate-client";
