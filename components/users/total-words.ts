export { totalWords } from "@/lib/total-words";
