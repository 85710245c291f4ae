import { createShare } from "@/lib/capacity/share";

/** What one person may have in flight of work that occupies the server for more than a moment. */

export const ownDataShare = createShare("own data", {
  each: 2,
  busy: "Two downloads of your data are running. Wait until one of them has finished.",
});

export const auditExportShare = createShare("audit export", {
  each: 2,
  busy: "Two of your exports are running. Wait until one of them has finished.",
});

export const previewShare = createShare("preview", {
  each: 2,
  busy: "Two of your previews are still being prepared. Try again in a few seconds.",
});

export const explanationShare = createShare("explanation", {
  each: 2,
  busy: "Two of your questions about access are still being answered. Try again in a few seconds.",
});

const onePicture = "One of your pictures is still being saved. Wait until it has finished.";

/** Bodies of pictures that are received, before a byte of them is read: eight are 80 MB at most. */
export const pictureUploadShare = createShare("picture upload", { each: 1, inAll: 8, busy: onePicture });

/** The work on a picture, which continues when the browser that sent it has gone. */
export const pictureShare = createShare("picture", { each: 1, busy: onePicture });
