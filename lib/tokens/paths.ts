/** The button that begins a token, on the pages of access tokens: an address that ends with it presses it. */
export const newTokenId = "new-token";
