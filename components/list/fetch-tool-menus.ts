export const fetchToolMenus = () => import("./tool-menus");
