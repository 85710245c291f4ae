/** Whether an address is a place on the page that is open. The browser goes there, and reports it by `hashchange`; the router does not. */
export const isPlaceOnPage = ({ hash, pathname, search }: URL | HTMLAnchorElement): boolean =>
  hash !== "" && pathname === location.pathname && search === location.search;
