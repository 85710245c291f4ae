/** Next prints on the console how it starts. What people have to know of that the program that started it says itself. */
const print = console.log;
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one
const own = /^(\s|\u001b\[[\d;]*m)*(▲|✓|○|- (Local|Network|Environments)\b|$)/;

console.log = (...parts) => {
  if (typeof parts[0] !== "string" || !own.test(parts[0])) print(...parts);
};
