/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { Page } from 'playwright-core';

/** Text with a contrast below a limit to what is behind it, each as `contrast text`. */
export function lowContrasts(page: Page, limit: number): Promise<string[]> {
  return page.evaluate((least) => {
    type Color = readonly [number, number, number, number];
    // The canvas turns every notation of a colour into numbers.
    const pixel = document
      .createElement('canvas')
      .getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D;
    const colorOf = (notation: string): Color => {
      pixel.clearRect(0, 0, 1, 1);
      pixel.fillStyle = notation;
      pixel.fillRect(0, 0, 1, 1);
      const [red, green, blue, alpha] = pixel.getImageData(0, 0, 1, 1).data;
      return [red, green, blue, alpha];
    };
    // https://www.w3.org/TR/WCAG21/#dfn-relative-luminance
    const luminance = ([red, green, blue]: Color): number => {
      const [r, g, b] = [red, green, blue]
        .map((value) => value / 255)
        .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const contrast = (a: Color, b: Color): number => {
      const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
      return (high + 0.05) / (low + 0.05);
    };
    const backgroundOf = (element: Element): Color => {
      for (let place: Element | null = element; place !== null; place = place.parentElement) {
        const color = colorOf(getComputedStyle(place).backgroundColor);
        if (color[3] === 255) return color;
      }
      return [255, 255, 255, 255];
    };
    /** The last shape before the text that lies under its start. */
    const shapeUnder = (text: SVGTextElement): Color => {
      const { left, top, right, bottom } = text.getBoundingClientRect();
      const middle = (top + bottom) / 2;
      const shapes = [...(text.ownerSVGElement?.querySelectorAll('rect') ?? [])].filter((rect) => {
        const box = rect.getBoundingClientRect();
        return box.left <= left && box.right >= right - 1 && box.top <= middle && box.bottom >= middle;
      });
      const last = shapes[shapes.length - 1];
      return last === undefined ? backgroundOf(text) : colorOf(getComputedStyle(last).fill);
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = new Set<string>();
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      const text = walker.currentNode.textContent?.trim() ?? '';
      if (element === null || text === '' || ['SCRIPT', 'STYLE', 'title'].includes(element.tagName)) continue;
      if (!element.checkVisibility()) continue;
      const style = getComputedStyle(element);
      const inSvg = element instanceof SVGTextElement;
      const value = contrast(
        colorOf(inSvg ? style.fill : style.color),
        inSvg ? shapeUnder(element) : backgroundOf(element),
      );
      if (value < least) found.add(`${value.toFixed(2)} ${text.slice(0, 40)}`);
    }
    return [...found];
  }, limit);
}
