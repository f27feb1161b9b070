// Drawn scenes that stand for photos somebody took in the street; sent as real JPEG pictures.

const WIDE = 1280;
const HIGH = 960;
const JPEG_QUALITY = 0.88;

export const SCENES = ["lamp", "lamp-lit", "road", "rubbish", "manhole", "tree", "bicycles"];

/** The scene as a camera would deliver it. */
export async function sceneBlob(name) {
  const picture = new Image();
  picture.src = `/page/samples/${name}.svg`;
  await picture.decode();
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: WIDE, height: HIGH });
  canvas.getContext("2d").drawImage(picture, 0, 0, WIDE, HIGH);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", JPEG_QUALITY));
}
