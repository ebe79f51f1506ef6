reset
set encoding utf8
set terminal svg size 900,562 font 'sans-serif,14' background rgb 'white' noenhanced
set output 'plot.svg'
$field0 << EOD
0.0 0.4 0.8
0.2 0.6 1.0
EOD
$levels0 << EOD
0.5 0.49999997
0.41666666 0.75

0.5833333 0.25
0.5 0.49999997

EOD
$series0_0 << EOD
0.2 0.8
0.4 0.3
EOD
$series0_1 << EOD
0.7 0.4
0.9 0.6
EOD
set border 3 linewidth 1 linecolor rgb '#555555'
set tics nomirror out scale 0.6 textcolor rgb '#333333'
set grid back linetype 1 linewidth 0.6 linecolor rgb '#dddddd'
set title offset 0,0.3 textcolor rgb '#222222'
set xlabel textcolor rgb '#333333'
set ylabel textcolor rgb '#333333'
set lmargin 11
set bmargin 6.2
set title 'moons' noenhanced
set xlabel 'x1' noenhanced
set ylabel 'x2' noenhanced
set xrange [0.0:1.0]
set yrange [0.0:1.0]
set palette defined (0 '#6BADD2', 1 '#B3D5E8', 2 '#F7F7F7', 3 '#F2CFB3', 4 '#E7A26B')
set cbrange [0.0:1.0]
set cblabel 'probability of class 1' noenhanced
set key outside bottom center horizontal Left reverse samplen 1 width 2 noenhanced
plot $field0 matrix using (0.0+($1+0.5)*0.3333333333333333):(0.0+($2+0.5)*0.5):3 with image notitle, \
  $levels0 with lines linewidth 1.2 linecolor rgb '#333333' notitle, \
  $series0_0 using 1:2 with points pointtype 7 pointsize 1.305 linecolor rgb '#ffffff' notitle, \
  $series0_0 using 1:2 with points pointtype 7 pointsize 0.9 linecolor rgb '#0072B2' title 'class 0' noenhanced, \
  $series0_1 using 1:2 with points pointtype 5 pointsize 1.305 linecolor rgb '#ffffff' notitle, \
  $series0_1 using 1:2 with points pointtype 5 pointsize 0.9 linecolor rgb '#D55E00' title 'class 1' noenhanced
