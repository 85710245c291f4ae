/** First and last names that go together. An empty list of last names: people who have one name only. */
export const namesakes: { first: string[]; last: string[] }[] = [
  {
    first: ["Agnieszka", "Łukasz", "Małgorzata", "Paweł", "Zofia", "Wojciech", "Żaneta", "Stanisław"],
    last: ["Nowak", "Wójcik", "Kowalczyk", "Mazur", "Dąbek", "Łuczak", "Kaczmarek", "Źrebiec"],
  },
  {
    first: ["Jürgen", "Annika", "Björn", "Käthe", "Matthias", "Ulrike", "Sören", "Franziska"],
    last: ["Müller", "Schäfer", "Weiß", "Köhler", "Brandt", "Vogel", "Groß", "Lindner"],
  },
  {
    first: ["Chloé", "François", "Maëlle", "Jérôme", "Noémie", "Théo", "Hélène", "Loïc"],
    last: ["Lefèvre", "Dubois", "Gauthier", "Béranger", "Moreau", "Pélissier", "Fontaine", "Guérin"],
  },
  {
    first: ["Begoña", "Íñigo", "Lucía", "Andrés", "Nuria", "Joaquín", "Inés", "Raúl"],
    last: ["Muñoz", "Ibáñez", "García", "Peña", "Castaño", "Domínguez", "Núñez", "Ortega"],
  },
  {
    first: ["João", "Conceição", "Inácio", "Luísa", "Tomás", "Beatriz", "Caetano", "Graça"],
    last: ["Magalhães", "Gonçalves", "Araújo", "Simões", "Falcão", "Teixeira", "Conceição", "Brandão"],
  },
  {
    first: ["Åsa", "Øyvind", "Saga", "Mikael", "Frøydis", "Aino", "Søren", "Þóra"],
    last: ["Lindström", "Ødegård", "Sjöberg", "Virtanen", "Næss", "Mäkinen", "Åkesson", "Jørgensen"],
  },
  {
    first: ["Çağla", "Emre", "Gülşen", "Oğuz", "Şebnem", "Mert", "Ayşe", "Tuğba"],
    last: ["Yılmaz", "Öztürk", "Şahin", "Çelik", "Doğan", "Kılıç", "Aydın", "Güneş"],
  },
  {
    first: ["Ananya", "Rohan", "Priya", "Vikram", "Lakshmi", "Arjun", "Meera", "Sanjay"],
    last: ["Iyer", "Chatterjee", "Nair", "Deshpande", "Rao", "Banerjee", "Kulkarni", "Menon"],
  },
  {
    first: ["Haruka", "Kenji", "Yūko", "Takumi", "Aiko", "Sōta", "Naomi", "Ryō"],
    last: ["Tanaka", "Satō", "Kobayashi", "Itō", "Yamamoto", "Fujita", "Ōno", "Hayashi"],
  },
  {
    first: ["Thảo", "Minh", "Hương", "Quốc", "Linh", "Đức", "Ngọc", "Tuấn"],
    last: ["Nguyễn", "Trần", "Phạm", "Đặng", "Lê", "Bùi", "Võ", "Hoàng"],
  },
  {
    first: ["Chiamaka", "Tunde", "Ngozi", "Babajide", "Folasade", "Emeka", "Yetunde", "Chidi"],
    last: ["Okafor", "Adeyemi", "Balogun", "Eze", "Nwosu", "Olawale", "Achebe", "Okonkwo"],
  },
  {
    first: ["Ondřej", "Kateřina", "Jiří", "Zdeňka", "Matěj", "Božena", "Štěpán", "Alžběta"],
    last: ["Dvořák", "Růžička", "Kučera", "Procházka", "Šimek", "Zeman", "Hájek", "Beneš"],
  },
  {
    first: ["Aoife", "Cian", "Niamh", "Seán", "Róisín", "Fergus", "Siobhán", "Oisín"],
    last: ["O’Brien", "Ní Dhomhnaill", "Byrne", "O’Sullivan", "Ó Briain", "Gallagher", "Doyle", "Kavanagh"],
  },
  {
    first: ["Yasmin", "Tariq", "Leila", "Omar", "Samira", "Khalid", "Noor", "Farid"],
    last: ["Haddad", "El-Masri", "Khoury", "Mansour", "Al-Rashid", "Benali", "Nasser", "Zidane"],
  },
  { first: ["Suharti", "Budiono", "Wahyuni"], last: [] },
];
