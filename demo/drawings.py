"""Pictures drawn by code for the demo: landscapes and scenes in flat colours, in the pôle's palette.

Nothing is downloaded and nobody is photographed. The same seed gives the same picture.
"""

import math
from io import BytesIO
from random import Random

from PIL import Image, ImageDraw

from core.theme.palettes import PALETTES

WIDTH, HEIGHT = 1200, 675
SCALE = 2  # drawn twice as large, then reduced: smooth edges


class Drawing:
    def __init__(self, palette: str, seed: str):
        self.random = Random(seed)
        tones = PALETTES[palette].light
        self.primary, self.accent, self.tint = tones.primary, tones.accent, tones.tint
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), self.tint)
        self.draw = ImageDraw.Draw(self.image)

    def mix(self, one: str, other: str, share: float) -> str:
        pairs = ((int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
        return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)

    def polygon(self, points, fill):
        self.draw.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=fill)

    def box(self, x, y, width, height, fill, radius=0):
        corners = [x * SCALE, y * SCALE, (x + width) * SCALE, (y + height) * SCALE]
        self.draw.rounded_rectangle(corners, radius=radius * SCALE, fill=fill)

    def disc(self, x, y, radius, fill):
        self.draw.ellipse(
            [(x - radius) * SCALE, (y - radius) * SCALE, (x + radius) * SCALE, (y + radius) * SCALE],
            fill=fill,
        )

    def sky(self):
        top = self.mix(self.tint, self.primary, self.random.uniform(0.05, 0.2))
        bottom = self.mix(self.tint, self.accent, self.random.uniform(0.1, 0.3))
        for row in range(0, HEIGHT, 3):
            self.box(0, row, WIDTH, 3, self.mix(top, bottom, row / HEIGHT))
        self.disc(self.random.randint(180, 1000), self.random.randint(110, 240), self.random.randint(50, 90),
                  self.mix(self.accent, "#ffffff", 0.25))  # fmt: skip

    def hills(self, base, height, share):
        phase, length = self.random.uniform(0, 6), self.random.uniform(180, 340)
        line = [
            (
                x,
                base - height * (0.5 + 0.35 * math.sin(x / length + phase) + 0.15 * math.sin(x / 90 + phase * 2)),
            )
            for x in range(0, WIDTH + 20, 20)
        ]
        self.polygon([(0, HEIGHT), *line, (WIDTH, HEIGHT)], self.mix(self.tint, self.primary, share))

    def house(self, x, base, width, share=0.9):
        height = width * self.random.uniform(0.7, 1.3)
        wall = self.mix("#ffffff", self.tint, self.random.uniform(0.1, 0.8))
        self.box(x, base - height, width, height, wall)
        roof = self.mix(self.tint, self.primary, share)
        self.polygon(
            [
                (x - 8, base - height),
                (x + width / 2, base - height - width * 0.5),
                (x + width + 8, base - height),
            ],
            roof,
        )
        for row in range(max(1, int(height // 70))):
            for column in range(2):
                self.box(
                    x + width * (0.18 + 0.4 * column),
                    base - height + 18 + 62 * row,
                    width * 0.22,
                    32,
                    roof,
                    3,
                )

    def tree(self, x, base, size):
        self.box(
            x - size * 0.06,
            base - size * 0.5,
            size * 0.12,
            size * 0.5,
            self.mix(self.primary, "#000000", 0.3),
        )
        for dx, dy, part in ((0, 0.85, 0.36), (-0.22, 0.62, 0.3), (0.22, 0.62, 0.3)):
            self.disc(
                x + dx * size,
                base - dy * size,
                size * part,
                self.mix(self.tint, self.primary, self.random.uniform(0.6, 0.85)),
            )

    def person(self, x, base, size):
        colour = self.random.choice([self.primary, self.accent, self.mix(self.primary, self.accent, 0.5)])
        self.disc(x, base - size * 0.86, size * 0.14, self.mix("#8d6248", "#f1cda8", self.random.random()))
        self.box(x - size * 0.2, base - size * 0.7, size * 0.4, size * 0.7, colour, radius=size * 0.18)

    def boat(self, x, base, size):
        self.polygon(
            [
                (x, base),
                (x + size, base),
                (x + size * 0.8, base + size * 0.22),
                (x + size * 0.15, base + size * 0.22),
            ],
            self.accent,
        )
        self.polygon(
            [(x + size * 0.5, base - size * 0.8), (x + size * 0.5, base - 6), (x + size * 0.95, base - 6)],
            "#ffffff",
        )
        self.polygon(
            [(x + size * 0.46, base - size * 0.65), (x + size * 0.46, base - 6), (x + size * 0.15, base - 6)],
            self.tint,
        )

    def turbine(self, x, base, size):
        self.polygon([(x - 5, base), (x - 2, base - size), (x + 2, base - size), (x + 5, base)], "#ffffff")
        turn = self.random.uniform(0, 2)
        for blade in range(3):
            angle = turn + blade * 2 * math.pi / 3
            tip = (x + math.cos(angle) * size * 0.55, base - size + math.sin(angle) * size * 0.55)
            side = (
                x + math.cos(angle + 0.35) * size * 0.12,
                base - size + math.sin(angle + 0.35) * size * 0.12,
            )
            self.polygon([(x, base - size), side, tip], "#ffffff")
        self.disc(x, base - size, 7, self.accent)

    def sea(self, level):
        self.box(0, level, WIDTH, HEIGHT - level, self.mix(self.tint, self.primary, 0.55))
        for _ in range(26):
            x, y = self.random.randint(0, WIDTH), self.random.randint(level + 12, HEIGHT - 10)
            self.box(x, y, self.random.randint(40, 150), 4, self.mix(self.tint, self.primary, 0.4), 2)

    def interior(self):
        self.box(0, 0, WIDTH, HEIGHT, self.mix(self.tint, "#ffffff", 0.3))
        self.box(0, 500, WIDTH, 175, self.mix(self.tint, self.primary, 0.25))
        for column in range(3):
            x = 120 + column * 360
            self.box(x, 90, 240, 210, self.mix(self.tint, self.accent, 0.22), 10)
            self.box(x + 114, 90, 12, 210, "#ffffff")
            self.box(x, 188, 240, 12, "#ffffff")

    # Scenes

    def coast(self):
        self.sky()
        self.sea(380)
        self.hills(470, 190, 0.35) if self.random.random() < 0.3 else None
        self.polygon(
            [(0, 675), (0, 330), (170, 300), (330, 400), (520, 480), (560, 675)],
            self.mix(self.tint, self.primary, 0.85),
        )
        self.polygon(
            [(1200, 675), (1200, 430), (1040, 470), (930, 580), (900, 675)],
            self.mix(self.tint, self.primary, 0.7),
        )
        self.box(96, 170, 34, 150, "#ffffff")
        self.box(90, 150, 46, 26, self.accent, 6)

    def fields(self):
        self.sky()
        for step, share in enumerate((0.2, 0.35, 0.5, 0.7)):
            self.hills(430 + step * 75, 90, share)
        for _ in range(9):
            self.tree(self.random.randint(40, 1160), self.random.randint(520, 650), self.random.randint(70, 130))
        self.house(self.random.randint(200, 900), 470, 90)

    def town(self):
        self.sky()
        self.hills(430, 120, 0.25)
        x = -20
        while x < WIDTH:
            width = self.random.randint(80, 140)
            self.house(x, 600, width, self.random.uniform(0.6, 0.95))
            x += width + 6
        self.polygon([(590, 420), (625, 180), (660, 420)], self.mix(self.tint, self.primary, 0.9))
        self.box(585, 410, 80, 190, self.mix("#ffffff", self.tint, 0.5))
        self.box(0, 600, WIDTH, 75, self.mix(self.tint, self.primary, 0.35))

    def wind(self):
        self.sky()
        self.hills(480, 120, 0.3)
        for x in (220, 520, 800, 1010):
            self.turbine(x + self.random.randint(-40, 40), 490, self.random.randint(230, 340))
        self.hills(590, 110, 0.6)
        self.hills(680, 90, 0.8)

    def market(self):
        self.sky()
        self.hills(430, 80, 0.25)
        self.box(0, 540, WIDTH, 135, self.mix(self.tint, self.primary, 0.2))
        for stall in range(4):
            x = 60 + stall * 285
            for stripe in range(6):
                self.polygon([(x + stripe * 38, 330), (x + 38 + stripe * 38, 330), (x + 30 + stripe * 42, 390), (x - 12 + stripe * 42, 390)],
                             self.accent if stripe % 2 else "#ffffff")  # fmt: skip
            self.box(x, 470, 228, 80, self.mix(self.tint, self.primary, 0.75), 6)
            for fruit in range(9):
                self.disc(
                    x + 20 + fruit * 23,
                    464,
                    13,
                    self.random.choice([self.accent, self.primary, self.mix(self.accent, "#ffffff", 0.4)]),
                )
        for _ in range(6):
            self.person(self.random.randint(60, 1140), 650, self.random.randint(150, 190))

    def workshop(self):
        self.interior()
        self.box(90, 430, 1020, 34, self.mix(self.tint, self.primary, 0.8), 6)
        for x in (140, 1010):
            self.box(x, 464, 36, 170, self.mix(self.tint, self.primary, 0.65))
        for _ in range(7):
            x, height = self.random.randint(130, 1000), self.random.randint(40, 110)
            self.box(
                x,
                430 - height,
                self.random.randint(30, 90),
                height,
                self.random.choice([self.accent, self.primary, "#ffffff"]),
                8,
            )
        for x in (260, 640, 900):
            self.person(x + self.random.randint(-40, 40), 660, 300)

    def meeting(self):
        self.interior()
        seats = self.random.randint(5, 7)
        for seat in range(seats):
            self.person(130 + seat * (940 / (seats - 1)), 500, 220)
        self.draw.ellipse(
            [80 * SCALE, 420 * SCALE, 1120 * SCALE, 640 * SCALE], fill=self.mix(self.tint, self.primary, 0.75)
        )
        for _ in range(6):
            self.box(self.random.randint(220, 920), self.random.randint(470, 570), 70, 44, "#ffffff", 4)

    def forest(self):
        self.sky()
        self.hills(480, 120, 0.3)
        for row, size in ((520, 200), (590, 260), (670, 330)):
            for _ in range(8):
                self.tree(self.random.randint(-20, 1220), row, size + self.random.randint(-30, 30))

    def river(self):
        self.sky()
        self.hills(420, 130, 0.3)
        self.hills(520, 110, 0.5)
        self.polygon(
            [(560, 440), (640, 440), (760, 540), (1010, 675), (240, 675), (470, 540)],
            self.mix("#ffffff", self.primary, 0.25),
        )
        for x in (90, 180, 1050, 1130):
            self.tree(x, 600, 180)
        self.box(430, 500, 340, 22, self.mix(self.tint, self.primary, 0.85), 8)

    def harbour(self):
        self.sky()
        self.hills(400, 90, 0.25)
        for x in range(0, WIDTH, 130):
            self.house(x + self.random.randint(0, 20), 410, self.random.randint(80, 110))
        self.sea(410)
        for x, base, size in ((140, 520, 150), (500, 560, 190), (850, 500, 140)):
            self.boat(x + self.random.randint(-60, 60), base, size)

    def garden(self):
        self.sky()
        self.hills(400, 80, 0.25)
        for row in range(5):
            y = 430 + row * 50
            self.box(0, y, WIDTH, 26, self.mix(self.tint, self.primary, 0.3 + row * 0.08), 8)
            for x in range(20, WIDTH, 62):
                self.disc(
                    x + self.random.randint(-6, 6),
                    y,
                    17 + row * 2,
                    self.random.choice(
                        [
                            self.mix(self.tint, self.primary, 0.8),
                            self.accent,
                            self.mix(self.tint, self.primary, 0.6),
                        ]
                    ),
                )
        self.person(self.random.randint(200, 500), 600, 220)
        self.person(self.random.randint(700, 1000), 640, 240)

    def books(self):
        self.interior()
        for shelf in (330, 540):
            x = 60
            while x < 1120:
                width, height = self.random.randint(18, 46), self.random.randint(110, 180)
                self.box(x, shelf - height, width, height, self.random.choice(
                    [self.primary, self.accent, self.mix(self.tint, self.primary, 0.5), "#ffffff"]), 4)  # fmt: skip
                x += width + 4
            self.box(40, shelf, 1120, 18, self.mix(self.tint, self.primary, 0.9), 4)

    def as_jpeg(self) -> bytes:
        output = BytesIO()
        self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).save(output, "JPEG", quality=86, optimize=True)
        return output.getvalue()


SCENES = (
    "coast", "fields", "town", "wind", "market", "workshop", "meeting", "forest", "river", "harbour", "garden", "books",
)  # fmt: skip


def draw_scene(scene: str, palette: str, seed: str) -> bytes:
    """A JPEG of 1200 × 675 pixels; `scene` is one of `SCENES`."""
    drawing = Drawing(palette, f"{scene}:{seed}")
    getattr(drawing, scene)()
    return drawing.as_jpeg()
