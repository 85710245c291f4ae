export * from "./audit";
export * from "./clients";
export * from "./groups";
export * from "./roles";
export * from "./sessions";
export * from "./settings";
export * from "./users";
