/**
 * Well-known passwords of 15 characters or more, as they are compared: lower case, without accents, letters and digits
 * only. Shorter ones are in the blocklist. Walks, sequences and repetitions are found by rule.
 */
const phrases = `
correct horse battery staple|correct horse battery|to be or not to be|to be or not to be that is the question
the quick brown fox|the quick brown fox jumps|the quick brown fox jumps over the lazy dog|jumps over the lazy dog
may the force be with you|may the 4th be with you|these are not the droids|i am your father|luke i am your father
live long and prosper|beam me up scotty|resistance is futile|winter is coming|a song of ice and fire|game of thrones
you know nothing jon snow|valar morghulis|one ring to rule them all|my precious precious|lord of the rings
the lord of the rings|harry potter harry potter|expecto patronum|wingardium leviosa|avada kedavra|hakuna matata
to infinity and beyond|the matrix has you|there is no spoon|open the pod bay doors|i am the one who knocks
say hello to my little friend|here is looking at you kid|may the odds be ever in your favor|elementary my dear watson
houston we have a problem|all your base are belong to us|never gonna give you up|the cake is a lie|the cake is a lie 123
in the beginning was the word|in god we trust|jesus is my savior|jesus loves me 123|god is love god is love
our father who art in heaven|the lord is my shepherd|john 3 16 john 3 16|let there be light|amazing grace how sweet
i love you forever|i love you so much|i love you so much 123|iloveyou iloveyou|i love you i love you|i love my family
i love my mom and dad|i love my wife|i love my husband|i love my children|i love my daughter|love you forever
live laugh love|live laugh love 1|carpe diem carpe diem|what doesnt kill you|hello world hello world
this is my password|this is my password 1|this is a password|this is the password|my secret password
my password is password|my password is secret|my new password|my new password 1|my super secret password
super secret password|top secret password|a very long password|this is a very long password|very long password
long password 123|very secure password|very secret password|secure password 123|secret password 123|strong password 123
i forgot my password|i forget my password|forgot my password|forgot my password again|what is my password
what is the password|whats the password|no password needed|no password at all|i have no password|guess my password
you will never guess|you will never guess this|you will never guess my password|you cant guess this|try to guess this
dont forget this password|dont forget the password|do not forget this|do not share this|remember this password
remember the password|change this password|change this password now|change me please|please change me|change me immediately
changeme changeme|changeme123456789|changeme12345678|please let me in|let me in let me in|let me in please|open sesame open sesame
open sesame 12345|access granted|access denied 123|enter password here|enter your password|type your password here
password password|password password password|password1 password1|password123 password123|passwordpassword1
password12345678|password123456789|password1234567890|password1234567|password 2024 2025|passw0rd passw0rd
passw0rd12345678|p assw0rd123456789|pa55word pa55word|pa55word12345678|p4ssw0rd p4ssw0rd|p4ssword12345678
default password|default password 1|temporary password|temporary password 1|temp password 123|initial password
initial password 1|new password 1234|admin password|admin password 1|admin password 123|root password 123
user password 123|guest password 123|test password 123|test test test test|testing testing|testing testing 123
testtesttesttest|test123test123test|administrator123|administrator1|administrator administrator|administrator12345
admin123admin123|adminadminadmin|admin administrator|superadministrator|superuser superuser|rootrootrootroot
welcome to the jungle|welcome to my world|welcome to the company|welcome welcome|welcome123456789|welcome12345678
welcome to gatehouse|gatehouse gatehouse|gatehouse password|gatehouse administrator|gatehouse admin 123
gatehouse12345678|gatehouse123456789|gatehouse 2024 2025|company password|company password 1|office password 1
spring 2024 spring|summer 2024 summer|autumn 2024 autumn|winter 2024 winter|january february|january february march
monday tuesday wednesday|monday tuesday|onetwothreefour|one two three four|one two three four five
one two three four five six|onetwothreefourfive|abcdefghijklmnopqrstuvwxyz123|abc123abc123abc123|a1b2c3d4e5f6g7h8
a1b2c3d4e5f6g7h8i9j0|a1b2c3d4e5f6g7h|1a2b3c4d5e6f7g8h|1q2w3e4r5t6y7u8i|1q2w3e4r5t6y7u8i9o0p|1q2w3e4r5t6y7u8
q1w2e3r4t5y6u7i8|q1w2e3r4t5y6u7i8o9p0|q1w2e3r4t5y6u7i|1qaz2wsx3edc4rfv|1qaz2wsx3edc4rfv5tgb|1qaz2wsx3edc4rf
1qazxsw23edcvfr4|qazwsxedcrfvtgb|qazwsxedcrfvtgbyhn|qazwsxedcrfvtgbyhnujm|zaq12wsxcde34rfv|zaq1xsw2cde3vfr4
zaq1zaq1zaq1zaq1|qweasdzxcqweasdzxc|qweasdzxc123456|qweasdzxc123456789|qwertyuiopasdfgh|qwertyuiopasdfghjkl
qwertyuiopasdfghjklzxcvbnm|qwerty123456789|qwerty1234567890|qwerty12345678|qwerty123qwerty123|qwerty qwerty qwerty
qwertyqwerty123|qwertyuiop12345|qwertyuiop123456|qwertyuiop1234567890|asdfghjkl123456|asdfghjkl123456789
zxcvbnm123456789|zxcvbnmasdfghjkl|zxcvbnmasdfghjklqwertyuiop|poiuytrewqlkjhgfdsamnbvcxz|mnbvcxzlkjhgfdsapoiuytrewq
123456789qwerty|123456789qwertyuiop|1234567890qwerty|1234567890qwertyuiop|123qweasdzxc123|123qwe123qwe123qwe
123456789abcdef|123456789abcdefg|1234567890abcde|1234567890abcdef|abc123456789abc|aa123456789aa123|a123456789a123456
12345678987654321|123456787654321|1234567890987654321|147258369147258369|147258369 147258|741852963741852
159357159357159357|159753159753159753|314159265358979|3141592653589793|31415926535897932384626433832795
271828182845904|2718281828459045|deadbeefdeadbeef|deadbeefcafebabe|cafebabecafebabe|0123456789abcdef|fedcba9876543210
manchester united|manchester united 1|manchesterunited1878|liverpool football club|you will never walk alone
youll never walk alone|youneverwalkalone|real madrid real madrid|barcelona barcelona|dallas cowboys 123|new york yankees
pittsburgh steelers|green bay packers|san francisco 49ers|los angeles lakers|michael jackson|michael jordan 23
cristiano ronaldo|cristiano ronaldo 7|lionel messi 10|manny pacquiao|avengers assemble|captain america
captain america 1|spiderman spiderman|superman superman|batman batman batman|pokemon pokemon|pokemon go pokemon
minecraft minecraft|fortnite fortnite|leagueoflegends|league of legends|world of warcraft|grand theft auto
counter strike|counter strike 1|callofduty123456|starwars starwars|star wars star wars|teenage mutant ninja turtles
red hot chili peppers|linkin park linkin park|metallica metallica|the rolling stones|the beatles the beatles
stairway to heaven|bohemian rhapsody|smells like teen spirit|dont worry be happy|hotel california|knocking on heavens door
slipknot slipknot|my chemical romance|avenged sevenfold|black veil brides|guns n roses guns|united states of america
happy birthday to you|happy birthday|merry christmas|merry christmas 1|happy new year 2025|happy new year 2026
trustno1trustno1|trust no one 123|monkey monkey monkey|dragon dragon dragon|sunshine sunshine|princess princess
football football|baseball baseball|basketball123456|chocolate chocolate|butterfly butterfly|iloveyou12345678
iloveyou123456789|iloveyou1234567|computer computer|computer123456789|internet internet|microsoft microsoft
postgres postgres|postgrespostgres|raspberry raspberry|raspberrypi raspberrypi|ubuntu ubuntu ubuntu
`;

export const commonPasswords = new Set(
  phrases
    .split(/[|\n]/)
    .map((phrase) => phrase.replace(/\s/g, ""))
    .filter(Boolean),
);
