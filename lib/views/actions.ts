"use server";
import { action } from "@/lib/http/action";
import { createView, deleteView, updateView } from "@/lib/views/commands";

export const createViewAction = action(createView);
export const updateViewAction = action(updateView);
export const deleteViewAction = action(deleteView);
